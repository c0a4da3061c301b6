export { type AuditedDocument, auditDocument, auditText, type IdentifiedFinding } from './audit-document.ts';
export { type AuditRule, readRuleBook } from './rule-book.ts';
