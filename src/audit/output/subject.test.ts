import { expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';
import { subjectOf } from './subject.ts';

it.each([
  ['某县2024年居民医保补助\n部门绩效评价报告\n一、项目基本情况', ''],
  ['某县医疗保障局部门整体支出绩效自评报告\n一、基本情况', '某县医疗保障局'],
  ['项目名称 | 征缴经费 | 主管部门 | 某县医疗保障局 | 实施单位 | 某县医保中心 |', '某县医保中心'],
  ['部门名称:某县卫生健康局\n绩效自评表', '某县卫生健康局'],
])('the letter goes to the unit the head names, and to nobody by the name of a paper: %s', (words, unit) => {
  expect(subjectOf(auditText(words, 'x.txt')).unit).toBe(unit);
});
