export {
  type IdentityNumber,
  type IdentityNumberFault,
  type IdentityNumberReading,
  identityCheckCharacter,
  normaliseIdentityNumber,
  readIdentityNumber,
  upgradeIdentityNumber,
} from './identity-number.ts';
