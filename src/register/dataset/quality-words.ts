import { type Text, text } from '../../problem/index.ts';
import type { QualityCount } from './dataset.ts';

/** English of the quality checks; the Chinese stands in the manifest, as it was when the register was imported. */
const ENGLISH: Readonly<Record<string, string>> = {
  'identity-shape': 'not the length or the characters of an identity number',
  'identity-scientific': 'in scientific notation, the last digits are lost',
  'identity-birth': 'date of birth in it does not exist',
  'identity-check-digit': 'check digit wrong',
  'identity-missing': 'empty',
  'identity-repeated': 'in more than one row',
  'name-characters': 'characters that are not Chinese or not legible',
  'name-missing': 'empty',
  'date-unreadable': 'not a date',
  'date-serial': 'was an Excel serial number, restored',
  'code-unknown': 'unknown code',
  'phone-shape': 'not a telephone number',
  'phone-shared': 'one number of more than ten persons',
  'money-unreadable': 'not an amount',
  'month-unreadable': 'not a month',
  'year-unreadable': 'not a year',
  'birth-differs': 'differs from the identity number',
  'sex-differs': 'differs from the identity number',
  'household-without-head': 'household without a head',
  'household-two-heads': 'household with more than one head',
  'village-unknown': 'not in the table of villages',
  'village-succeeded': 'old code or name, given the present one',
};

/** What a quality count found, without the field and the number. */
export function qualityWords({ rule, label }: Pick<QualityCount, 'rule' | 'label'>): Text {
  return text(label, ENGLISH[rule] ?? rule);
}
