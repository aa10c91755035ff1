import { describe, expect, it } from "vitest";
import { canonicalJson, sha256Hex } from "../../../../domain/shared/canonical.ts";

describe("canonicalJson", () => {
  it("gives one text whatever the order of the fields, at every depth", () => {
    const one = { b: [{ y: 1, x: 2 }], a: { d: null, c: "" } };
    const other = { a: { c: "", d: null }, b: [{ x: 2, y: 1 }] };
    expect(canonicalJson(one)).toBe('{"a":{"c":"","d":null},"b":[{"x":2,"y":1}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it("keeps the order of lists", () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it("writes the numbers and strings of RFC 8785's example", () => {
    const value = {
      numbers: [333_333_333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("leaves out fields that are undefined", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY], [1n]])(
    "throws on %s",
    (value) => {
      expect(() => canonicalJson(value)).toThrow();
    },
  );
});

describe("sha256Hex", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["€", "c4cc90ed3d26f12d4b08a75140970a7904035c31cbb4515a83f19b9003c00d1d"],
  ])("hashes %j", (text, hash) => {
    expect(sha256Hex(text)).toBe(hash);
  });
});
