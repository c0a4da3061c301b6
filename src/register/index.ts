export { type Database, openDatabase, withDatabase } from './database/database.ts';
export type { SqlValue } from './database/messages.ts';
export type { Dataset, DatasetManifest, QualityCount } from './dataset/dataset.ts';
export { maskName } from './dataset/mask.ts';
export { qualityWords } from './dataset/quality-words.ts';
export { RegisterStore, shortId, writeSafely } from './dataset/register-store.ts';
export {
  type IdentityNumber,
  type IdentityNumberFault,
  type IdentityNumberReading,
  identityCheckCharacter,
  normaliseIdentityNumber,
  readIdentityNumber,
  upgradeIdentityNumber,
} from './identity-number.ts';
export {
  type ImportRequest,
  type ImportResult,
  importRegister,
  safeFileName,
  withImportSession,
} from './importing/import-register.ts';
export { findRegisterKind, loadRegisterKinds, type RegisterKind } from './kinds/register-kinds.ts';
export { type ListColumn, type ListSheet, writeLargeSheet } from './sheet/write-large-sheet.ts';
export { type SyntheticCounty, synthesiseCounty } from './synthesis/synthesise-county.ts';
