import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Each takes most of a minute; begun last, they would be waited for with a core idle. */
const long = [
  "local/demo-year",
  "browser/story",
  "simulation/simulation",
  "fuzz/fuzz",
  "privacy/schedules",
  "recurring/ten-years",
].map((name) => `${name}.test.ts`);

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = long.findIndex((name) => moduleId.endsWith(name));
  return rank < 0 ? long.length : rank;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
