export { nameForms } from './characters/name-forms.ts';
export { type Decision, readDecisions, recordFinder } from './clusters/decisions.ts';
export { type LinkState, readLinkState, writeLinkState } from './clusters/link-state.ts';
export { sqlName, sqlText, withDuckDb } from './engines/duckdb/open-duckdb.ts';
export { runPlan } from './engines/duckdb/run-plan.ts';
export { probabilityOf, type TrainedModel } from './fellegi-sunter/trained-model.ts';
export { clearDerived } from './jobs/clear-derived.ts';
export { importIssued, writeReply } from './jobs/issued-findings.ts';
export { type ComparisonJob, type ComparisonRules, loadComparisonRules } from './jobs/job-rules.ts';
export { type BalanceRow, type BalanceTable, balancePersons } from './jobs/one-person-one-file.ts';
export { planComparison } from './jobs/plan-comparison.ts';
export { keepBulletin, loadProgressRules, measureProgress, type Progress, readTasks } from './jobs/progress.ts';
export { type ProgressFacts, type ProgressLine, progressFacts } from './jobs/progress-facts.ts';
export { writeProposalList } from './jobs/proposal-list.ts';
export { type ProposedLinks, proposeLinks } from './jobs/propose-links.ts';
export { RegisterFacts } from './jobs/register-facts.ts';
export { importReturnedList } from './jobs/returned-lists.ts';
export {
  type ComparisonRun,
  findingsFile,
  listRuns,
  runComparisons,
  withComparisonDatabase,
} from './jobs/run-comparison.ts';
export { writeWorkLists } from './jobs/work-lists.ts';
export { type Linkage, predictPairs, type RuleCount } from './link-records.ts';
export { type LinkOutcome, linkTables } from './link-tables.ts';
export { type LinkModel, readLinkModel } from './model/link-model.ts';
export { printTrainedModel, readTrainedModel } from './model/trained-file.ts';
export { toUtf8 } from './records/decode-text.ts';
export { columnsOf, prepareRecords } from './records/prepare-records.ts';
export { cellOf, readCsv, type TextTable } from './records/read-csv.ts';
export { readBytes, readTables } from './records/read-table.ts';
export { writeWhole } from './records/write-whole.ts';
export { type ExplainedPair, explainPair } from './report/explain-pair.ts';
export { linkPage } from './report/link-page.ts';
export { clusterLines, pairLines, printProbability, printWeight } from './report/pair-lines.ts';
export { measureAgainstTruth, type TruthReport } from './report/truth.ts';
export { findUnlinkables, unlinkableBelow } from './report/unlinkables.ts';
