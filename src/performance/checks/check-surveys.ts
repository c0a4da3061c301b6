import { checkSurvey } from '../../survey/index.ts';
import { placeOf } from '../place-of.ts';
import type { Scoring } from '../scoring-context.ts';

/** The arithmetic, dates and sample size of every survey in the book. */
export function checkSurveys({ book, problems, rules }: Scoring): void {
  const sheet = book.tables.surveys;
  if (sheet.records.length === 0) return;
  const { minimumValid } = rules.fork().read('survey');
  const reportedOn = book.project.preparedOn?.value;
  for (const survey of sheet.records)
    for (const found of checkSurvey(survey, { reportedOn, minimumValid }))
      problems.add(
        found.rule,
        `${survey.name ?? ''}：${found.zh}`,
        `“${survey.name ?? ''}”: ${found.en}`,
        placeOf(sheet, survey, found.column as keyof typeof sheet.schema.columns),
      );
}
