import { describe, expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';
import { checkProof } from '../proof/check-proof.ts';

const ROWS = [
  '产出指标 | 数量指标 | 巡查次数 | ≥12次 | 9次 | 20 | 19 | 暴雨停巡 |',
  '质量指标 | 隐患整改率 | ≥95% | 97% | 20 | 20 |  |',
  '时效指标 | 整改及时率 | ≥90% | 93% | 10 | 10 |  |',
  '效益指标 | 社会效益指标 | 巡查覆盖村数 | ≥30个 | 31个 | 30 | 30 |  |',
  '满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 94% | 10 | 10 |  |',
];

function severities(rule: string, notes: string, score = '10'): string[] {
  const text = [
    '项目资金(万元) | 年初预算数 | 全年预算数(A) | 全年执行数(B) | 分值 | 执行率(B/A) | 得分 |',
    `年度资金总额 | 20 | 20 | 16 | 10 | 80% | ${score} |`,
    '一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |',
    ...ROWS,
    '总分 | 100 | 99 |',
    notes,
  ].join('\n');
  return auditText(text)
    .findings.filter((finding) => finding.rule === rule)
    .map((finding) => finding.severity);
}

describe('a scoring rule printed in the document', () => {
  it('makes certain what otherwise only asks for a reason', () => {
    expect(severities('score-vs-rate', '')).toEqual(['warning']);
    expect(severities('score-vs-rate', '注:预算执行得分=执行率×该指标分值,最高不得超过分值上限。')).toEqual(['error']);
    expect(severities('score-vs-rate', '注:预算执行得分=执行率×该指标分值。', '8')).toEqual([]);
    expect(severities('score-formula-mismatch', '')).toEqual([]);
    expect(severities('score-formula-mismatch', '注:按完成比例计分。')).toEqual(['warning']);
    expect(
      severities('score-formula-mismatch', '注:完成值达到指标值,记满分;未达到指标值,按B/A或A/B*该指标分值记分。'),
    ).toEqual(['error']);
  });

  it('stays a question when the wording leaves room', () => {
    for (const wording of [
      '注:执行率90%以上得满分,低于90%的按执行率×分值计分。',
      '注:原则上按执行率×分值计分。',
      '注:执行率×20分。',
      '注:执行率×分值,每低一个百分点扣0.5分。',
    ])
      expect([wording, ...severities('score-vs-rate', wording)]).toEqual([wording, 'warning']);
    for (const wording of [
      '注:未达到指标值的,得分=完成值/目标值*分值,酌情扣分。',
      '注:反向指标得分=权重*A/B,完成比例计分。',
      '注:按完成比例计分,低于80%不得分。',
    ])
      expect([wording, ...severities('score-formula-mismatch', wording)]).not.toContain('error');
  });

  it('is read again by the checker where it stands', () => {
    const text = '得分=执行率×分值。预算20,执行16,分值10,得分10';
    const at = (word: string, from = 0): { start: number; end: number } => ({
      start: text.indexOf(word, from),
      end: text.indexOf(word, from) + word.length,
    });
    const audited = auditText(
      `项目资金(万元) | 全年预算数(A) | 全年执行数(B) | 分值 | 执行率(B/A) | 得分 |\n年度资金总额 | 20 | 16 | 10 | 80% | 10 |\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n产出指标 | 数量指标 | 巡查次数 | ≥12次 | 12次 | 90 | 90 |\n总分 | 100 | 100 |\n注:得分=执行率×分值。`,
    );
    const proof = audited.findings.find((finding) => finding.rule === 'score-vs-rate')?.proof;
    expect(proof?.kind).toBe('score-by-rule');
    if (proof?.kind !== 'score-by-rule') return;
    expect(audited.source.raw.slice(proof.rule.start, proof.rule.end)).toBe('执行率×分值');
    expect(checkProof(proof, audited.source.folded)).toBe(true);
    expect(checkProof({ ...proof, rule: at('预算') }, audited.source.folded)).toBe(false);
    expect(checkProof({ ...proof, reading: 'up' }, audited.source.folded)).toBe(false);
  });
});
