import type { FormOf, RecordOf, SheetRecords } from './sheet-schema.ts';
import {
  inspectionSheet,
  materialSheet,
  publicitySheet,
  supervisionSheet,
  trainingSheet,
} from './sheets/activities.ts';
import { checklistSheet, indicatorSheet, subUnitSheet } from './sheets/indicators.ts';
import { evidenceSheet, issueSheet } from './sheets/issues.ts';
import { basisSheet, decisionSheet, moneySheet, paymentSheet } from './sheets/money.ts';
import { assistanceSheet, bulletinSheet, channelSheet, progressSheet, surveySheet } from './sheets/people.ts';
import type { projectSheet } from './sheets/project.ts';

/** Every table sheet of the workbook, by key, in the order of the book (项目 stands before them). */
export const tableSheets = {
  decisions: decisionSheet,
  money: moneySheet,
  payments: paymentSheet,
  basis: basisSheet,
  indicators: indicatorSheet,
  checklists: checklistSheet,
  publicity: publicitySheet,
  materials: materialSheet,
  trainings: trainingSheet,
  supervision: supervisionSheet,
  inspections: inspectionSheet,
  assistance: assistanceSheet,
  progress: progressSheet,
  bulletins: bulletinSheet,
  channels: channelSheet,
  surveys: surveySheet,
  issues: issueSheet,
  evidence: evidenceSheet,
  subUnits: subUnitSheet,
} as const;

export type TableKey = keyof typeof tableSheets;

/** All records of one project, as read from one workbook version. */
export interface ProjectBook {
  readonly file: {
    readonly name: string;
    /** SHA-256 of the file's bytes, hex. */
    readonly version: string;
  };
  readonly project: FormOf<typeof projectSheet.columns>;
  /** The 项目 sheet's real name in the book. */
  readonly projectSheetName: string;
  readonly tables: { readonly [K in TableKey]: SheetRecords<(typeof tableSheets)[K]['columns']> };
}

export type TableRecord<K extends TableKey> = RecordOf<(typeof tableSheets)[K]['columns']>;
