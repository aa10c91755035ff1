import fc from "fast-check";

/** Text that goes into a body as it is: what no JavaScript value can stand for. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const deep = (depth: number, open: string, close: string): RawJson =>
  new RawJson(`${open.repeat(depth)}0${close.repeat(depth)}`);

/** Texts that have broken somebody's pages, stores, shells or spreadsheets. */
export const hostileTexts: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff tail",
  "a\ud83d",
  "\u202egnp.exe",
  "\ufeff",
  "e\u0301".repeat(40),
  "ﷺ".repeat(60),
  "x".repeat(201),
  "x".repeat(5_000),
  "𝒳".repeat(1_100),
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "]]><!--",
  "{{7*7}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that it isn't one is the point
  "${7*7}",
  "<%= 7 %>",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "=cmd|' /C calc'!A0",
  "\t=1",
  "' OR 1=1 --",
  "A#agy_00000000000000000000000000",
  "#",
  "X#KEY#x",
  "../../../etc/passwd",
  "..%2f..%2f",
  "%00",
  "%",
  "null",
  "undefined",
  "NaN",
  "-0",
  "1e999",
  "0x10",
  "\r\nset-cookie: a=b",
  "ann@acme.test\r\nbcc: bo@acme.test",
  "javascript:alert(1)",
  "2027-02-30",
  "0000-00-00",
  "+275760-09-13",
  "9999-12-31",
  "2999-12-31",
  "USD",
  "usd",
  "XXX",
  "de-AT",
  "Europe/Vienna",
  "inv_",
  "inv_zzzzzzzzzzzzzzzzzzzzzzzzzz",
  "inv_00000000000000000000000000\n",
];

const numbers: readonly unknown[] = [
  ...[
    0,
    -0,
    -1,
    0.1,
    0.005,
    1e-7,
    1.000001,
    2 ** 31,
    2 ** 53,
    -(2 ** 53),
    new RawJson("9007199254740993"),
  ],
  ...[
    90_071_992_547_409.91,
    new RawJson("99999999999999.99"),
    999_999_999_999_999,
    1e15,
    1e21,
    1e300,
  ],
  ...["1e400", "-1e400", "1E+2", "123456789012345678901234567890", "0.1000000000000000000001"].map(
    (text) => new RawJson(text),
  ),
];

const structures: readonly unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], [{}], { length: 1 }, { toString: "x" }],
  deep(2_000, "[", "]"),
  deep(20_000, "[", "]"),
  deep(2_000, '{"a":', "}"),
  new RawJson('{"__proto__":{"isAdmin":true}}'),
  new RawJson('{"constructor":{"prototype":{"isAdmin":true}}}'),
  new RawJson('{"a":1,"a":2}'),
  Array.from({ length: 500 }, () => "x"),
  Array.from({ length: 300 }, () => ({})),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
);

/** Any value that a field doesn't expect. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom(...numbers) },
  { weight: 2, arbitrary: fc.constantFrom(...structures) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Names that an object should not take. */
export const hostileName = fc.constantFrom(
  ...["__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "then", "", " "],
  ...["id", "agency", "version", "pk", "sk", "$ref", "x.y", "x/y~z", "\u0000", "\ud800"],
);

/** Whole bodies that are no commands at all. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...["{", "[", "nul", '"', "{'a':1}", "\ufeff{}", "{}{}", "[1,]", '{"a":NaN}', "\u0000", "0"],
    ...['"text"', "null", "true", "[]", "[[[[[[]]]]]]", `"${"x".repeat(300_000)}"`],
    deep(100_000, "[", "]").text,
    `{"a":${deep(50_000, "[", "]").text}}`,
    `{"__proto__":${deep(10_000, "[", "]").text}}`,
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.json({ maxDepth: 4 }),
);

/** JSON as a caller may write it: raw texts in their places, every own name kept. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(([name, one]) => {
    return `${JSON.stringify(name)}:${jsonText(one)}`;
  });
  return `{${members.join(",")}}`;
}
