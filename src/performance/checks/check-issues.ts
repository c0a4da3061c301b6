import { placeOf } from '../place-of.ts';
import type { Scoring } from '../scoring-context.ts';

const CLOSED: readonly string[] = ['已完成', '复查通过'];

/** 约谈 that found something: by when it is to be mended, whether it was, and whether somebody looked again. */
function checkTalks({ book, problems }: Scoring, asOf: string): void {
  const sheet = book.tables.supervision;
  for (const record of sheet.records) {
    const { kind, target = '', date = '', deadline, result = '', recheckedOn } = record;
    if (kind !== '约谈' || (record.finding ?? '').trim() === '') continue;
    if (deadline === undefined)
      problems.add(
        'talk-without-deadline',
        `${date}约谈${target}发现问题，没有整改期限`,
        `the talk of ${date} found something and sets no deadline`,
        placeOf(sheet, record, 'deadline'),
      );
    else if (deadline < asOf && result.trim() === '')
      problems.add(
        'talk-overdue',
        `${date}约谈${target}的整改期限${deadline}已过，没有填整改结果`,
        `the deadline ${deadline} of the talk of ${date} has passed and no result is stated`,
        placeOf(sheet, record, 'result'),
      );
    if (result.trim() !== '' && recheckedOn === undefined)
      problems.add(
        'talk-not-rechecked',
        `${date}约谈${target}填了整改结果，没有复查日期`,
        `the talk of ${date} has a result that nobody re-checked`,
        placeOf(sheet, record, 'recheckedOn'),
      );
    if (recheckedOn !== undefined && date !== '' && recheckedOn < date)
      problems.add(
        'talk-not-rechecked',
        `复查日期${recheckedOn}早于约谈日期${date}`,
        `re-checked on ${recheckedOn}, before the talk of ${date}`,
        placeOf(sheet, record, 'recheckedOn'),
      );
  }
}

/**
 * The talk-back list (问题整改): a measure and a deadline for every problem, what is overdue on `asOf`, a passed
 * re-check without its day, and measures that do not speak of what the problem is about. Words only, so a notice.
 */
export function checkIssues(scoring: Scoring, asOf: string): void {
  checkTalks(scoring, asOf);
  const { book, problems, rules } = scoring;
  const sheet = book.tables.issues;
  if (sheet.records.length === 0) return;
  const aspects = Object.entries(rules.fork().read('issueAspects'));
  for (const record of sheet.records) {
    const { problem = '', measure = '', deadline, status, recheckedOn } = record;
    const named = problem.length > 20 ? `${problem.slice(0, 20)}…` : problem;
    if (measure.trim() === '')
      problems.add(
        'issue-without-measure',
        `问题“${named}”没有写改进措施`,
        'this problem has no measure',
        placeOf(sheet, record, 'measure'),
      );
    else {
      const missed = aspects.filter(
        ([, words]) => words.some((word) => problem.includes(word)) && !words.some((word) => measure.includes(word)),
      );
      if (missed.length > 0)
        problems.add(
          'issue-measure-beside-problem',
          `问题“${named}”说的是${missed.map(([aspect]) => aspect).join('、')}，改进措施没有提到，请核对措施是否针对问题`,
          'the measure does not mention what the problem is about; check that it answers it',
          placeOf(sheet, record, 'measure'),
        );
    }
    if (deadline === undefined)
      problems.add(
        'issue-without-deadline',
        `问题“${named}”没有整改期限`,
        'this problem has no deadline',
        placeOf(sheet, record, 'deadline'),
      );
    else if (deadline < asOf && !CLOSED.includes(status ?? ''))
      problems.add(
        'issue-overdue',
        `问题“${named}”整改期限${deadline}已过，截至${asOf}状态为“${status ?? '未填'}”`,
        `the deadline ${deadline} has passed and the problem is not closed`,
        placeOf(sheet, record, 'deadline'),
      );
    if (status === '复查通过' && recheckedOn === undefined)
      problems.add(
        'issue-recheck-undated',
        `问题“${named}”写“复查通过”，没有复查日期`,
        'a passed re-check needs its day',
        placeOf(sheet, record, 'recheckedOn'),
      );
  }
}
