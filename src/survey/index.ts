export { checkSurvey, type SurveyFinding, type SurveyRecord } from './check-survey.ts';
export { estimateRate, type RateEstimate } from './estimate-rate.ts';
export { sampleSize } from './sample-size.ts';
