import { Exact, round } from '../../quantity/index.ts';
import type { DateSystem } from './cell.ts';
import { chineseDigitwise, chineseNumeral } from './chinese-digits.ts';
import type { FormatSection, FormatToken } from './number-format.ts';
import { type SerialMoment, serialMoment } from './serial-date.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FULL_MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const SECONDS_PER_DAY = Exact.of(86_400);

/** A serial number as a date section shows it; Excel fills the cell with # when it is no day it knows. */
export function displayDate(serial: Exact, section: FormatSection, system: DateSystem): string {
  const { tokens } = section;
  const showsSeconds = tokens.some((token) => token.kind === 'date' && token.code.startsWith('s'));
  const showsFraction = tokens.some((token, index) => token.kind === 'point' && tokens[index + 1]?.kind === 'digit');
  const value =
    showsSeconds && !showsFraction
      ? round(serial.mul(SECONDS_PER_DAY), { places: 0, mode: 'half-up' }).div(SECONDS_PER_DAY)
      : serial;
  const moment = serialMoment(value, system);
  if (moment === undefined) return '########';
  const halfDay = tokens.some((token) => token.kind === 'date' && /^(ampm|ap|shangxiawu)$/.test(token.code));
  let shown = '';
  let fractionPlace = 0;
  for (const token of tokens) {
    if (token.kind === 'date') shown += dateWord(token.code, moment, halfDay, section.chineseDigits);
    else if (token.kind === 'elapsed') shown += elapsed(token.code, value);
    else if (token.kind === 'digit') {
      shown += String(moment.milliseconds % 1000).padStart(3, '0')[fractionPlace] ?? '0';
      fractionPlace += 1;
    } else shown += literal(token, value);
  }
  return shown;
}

function literal(token: FormatToken, value: Exact): string {
  switch (token.kind) {
    case 'literal':
      return token.text;
    case 'point':
      return '.';
    case 'comma':
      return ',';
    case 'slash':
      return '/';
    case 'percent':
      return '%';
    case 'general':
    case 'text':
      return value.toString();
    default:
      return '';
  }
}

function dateWord(
  code: string,
  moment: SerialMoment,
  halfDay: boolean,
  chinese: FormatSection['chineseDigits'],
): string {
  const two = (value: number, wide: boolean): string => {
    if (chinese === 1 || chinese === 2) return chineseNumeral(String(value), chinese).replace(/^一十/, '十');
    const digits = wide ? String(value).padStart(2, '0') : String(value);
    return chinese === 3 ? chineseDigitwise(digits, 3) : digits;
  };
  const hours = Math.floor(moment.milliseconds / 3_600_000);
  const clockHours = halfDay ? ((hours + 11) % 12) + 1 : hours;
  const minutes = Math.floor(moment.milliseconds / 60_000) % 60;
  const seconds = Math.floor(moment.milliseconds / 1000) % 60;
  const wide = code.length > 1;
  switch (code[0]) {
    case 'y':
    case 'e': {
      const year = code[0] === 'y' && code.length <= 2 ? String(moment.year).slice(-2) : String(moment.year);
      return chinese === undefined ? year : chineseDigitwise(year, chinese);
    }
    case 'm':
      if (code === 'minutes') return two(minutes, false);
      if (code === 'minutes2') return two(minutes, true);
      if (code.length === 3) return MONTHS[moment.month - 1] ?? '';
      if (code.length === 4) return FULL_MONTHS[moment.month - 1] ?? '';
      if (code.length >= 5) return (MONTHS[moment.month - 1] ?? '').slice(0, 1);
      return two(moment.month, wide);
    case 'd':
      if (code.length === 3) return (WEEKDAYS[moment.weekday] ?? '').slice(0, 3);
      if (code.length >= 4) return WEEKDAYS[moment.weekday] ?? '';
      return two(moment.day, wide);
    case 'h':
      return two(clockHours, wide);
    case 's':
      return code === 'shangxiawu' ? (hours < 12 ? '上午' : '下午') : two(seconds, wide);
    case 'a':
      if (code === 'ampm') return hours < 12 ? 'AM' : 'PM';
      if (code === 'ap') return hours < 12 ? 'A' : 'P';
      return (code.length === 3 ? '周' : '星期') + ('日一二三四五六'[moment.weekday] ?? '');
    default:
      return '';
  }
}

function elapsed(code: string, value: Exact): string {
  const perDay = code.startsWith('h') ? 24 : code.startsWith('m') ? 1440 : 86_400;
  const whole = round(value.mul(Exact.of(perDay)), { places: 0, mode: 'down' });
  return whole.toString().padStart(code.length, '0');
}
