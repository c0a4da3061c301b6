export { type Database, openDatabase, withDatabase } from './database/database.ts';
export type { SqlValue } from './database/messages.ts';
export type { Dataset, DatasetManifest, QualityCount } from './dataset/dataset.ts';
export { hideNumbers, maskName } from './dataset/mask.ts';
export { qualityWords } from './dataset/quality-words.ts';
export { eraseHalfWritten, RegisterStore, shortId, writeSafely } from './dataset/register-store.ts';
export { listSupplies, loadSupplyRules, type Supply } from './dataset/supplies.ts';
export { keepVillageTable, villagesOf } from './dataset/village-table.ts';
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
  withImportSession,
} from './importing/import-register.ts';
export { findRegisterKind, loadRegisterKinds, type RegisterKind } from './kinds/register-kinds.ts';
export { type ListColumn, type ListSheet, writeLargeSheet } from './sheet/write-large-sheet.ts';
export { Draw } from './synthesis/draw.ts';
export {
  commonSurname,
  givenCharacters,
  givenName,
  ONE_LIST,
  PLACE_CHARACTERS,
  surname,
} from './synthesis/names.ts';
export { type SyntheticCounty, synthesiseCounty } from './synthesis/synthesise-county.ts';
