import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { consumers } from "../../functions/consumers/all.ts";
import { resourcesOf, templates } from "./templates.ts";

const all = templates();
const runbook = readFileSync("docs/runbook.md", "utf8");
const headings = [...runbook.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
/** The first column of its tables. */
const entries = [...runbook.matchAll(/^\| (.*?) \|/gm)].map(([, entry = ""]) => entry);

const alarms = resourcesOf(all, "AWS::CloudWatch::Alarm").map(
  ({ Properties }) => Properties.AlarmDescription as string,
);

describe("the runbook", () => {
  test("has the heading that each alarm names, and a line for each kind of alarm", () => {
    expect(alarms.length).toBeGreaterThan(50);
    for (const alarm of alarms) {
      const [, words = "", heading] = /^(.*): see "(.*)" in docs\/runbook\.md$/.exec(alarm) ?? [];
      const kind = words.replace(/drawdown-\S+/, "").trim();
      expect(headings).toContain(heading);
      expect(entries.filter((entry) => kind && entry.startsWith(kind))).toHaveLength(1);
    }
  });

  test("names every queue of dead letters that is no consumer's", () => {
    const names = resourcesOf(all, "AWS::SQS::Queue").map(({ Properties }) =>
      String(Properties.QueueName).replace("drawdown-test-", ""),
    );
    const ofConsumers = new Set(consumers.map(({ name }) => `${name}-dead`));
    const others = names.filter((name) => /-dead(\.fifo)?$/.test(name) && !ofConsumers.has(name));
    const named = entries.filter((entry) => /^`drawdown-\$STAGE-.*-dead/.test(entry));
    expect(named.toSorted()).toEqual(
      ["<consumer>-dead", ...others].map((name) => `\`drawdown-$STAGE-${name}\``).toSorted(),
    );
  });

  test("names every metric that logs are counted by, which are the stage's own", () => {
    const filters = resourcesOf(all, "AWS::Logs::MetricFilter").flatMap(
      ({ Properties }) => Properties.MetricTransformations,
    );
    expect(filters).toHaveLength(3);
    for (const { MetricName, MetricNamespace } of filters) {
      expect(runbook).toContain(`\`${MetricName}\``);
      expect(MetricNamespace).toBe("Drawdown/test");
    }
    const watched = resourcesOf(all, "AWS::CloudWatch::Alarm")
      .map(({ Properties }) => Properties.Namespace)
      .filter((namespace) => namespace && !namespace.startsWith("AWS/"));
    expect(watched).toEqual(["Drawdown/test", "Drawdown/test"]);
  });
});
