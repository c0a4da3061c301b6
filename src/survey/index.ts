export { checkSurvey, type SurveyRecord } from './check-survey.ts';
export { estimateRate } from './estimate-rate.ts';
export { sampleSize } from './sample-size.ts';
