/** The AWS query protocol's answers: lists are wrapped in named members, everything else is text. */
export type Value =
  | string
  | number
  | boolean
  | { [key: string]: Value }
  | { list: string; of: readonly Value[] };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function inner(value: Value): string {
  if (typeof value !== 'object') return escaped(String(value));
  if ('list' in value && 'of' in value && Array.isArray(value.of))
    return value.of.map((one: Value) => `<${value.list}>${inner(one)}</${value.list}>`).join('');
  return Object.entries(value as { [key: string]: Value })
    .map(([key, one]) => `<${key}>${inner(one)}</${key}>`)
    .join('');
}

export const answerXml = (action: string, result: Value): string =>
  `<${action}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${action}Result>${inner(result)}</${action}Result><ResponseMetadata><RequestId>emulated</RequestId></ResponseMetadata></${action}Response>`;

export const errorXml = (code: string, message: string): string =>
  `<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error><RequestId>emulated</RequestId></ErrorResponse>`;
