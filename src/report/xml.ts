// Characters XML 1.0 cannot hold, lone surrogates among them.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as XML content or attribute value; what XML cannot hold is left out. */
export function escapeXml(value: string): string {
  if (!/[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/.test(value)) return value;
  return value
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
