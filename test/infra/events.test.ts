import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { contracts } from "../../events/all.ts";
import { consumers } from "../../functions/consumers/all.ts";
import { markAddress } from "../../functions/consumers/mail-returned-mark-address.ts";
import { receiveDocument } from "../../functions/consumers/object-created-receive-document.ts";
import { storageSource } from "../../functions/documents/object-created.ts";
import { wants } from "../../functions/kit/dispatch.ts";
import { mailServiceSource } from "../../functions/mail/returned.ts";
import { isOutbox } from "../../functions/publish/envelopes.ts";
import { patternOf } from "../../infra/constructs/consumer-queue.ts";
import { outboxFilters } from "../../infra/stacks/outbox-filters.ts";
import { type Resource, resourcesOf, templates } from "./templates.ts";

const all = templates();
const { events } = all;

const queues = Object.entries(events.findResources("AWS::SQS::Queue")) as [string, Resource][];
const queueNamed = (name: string) =>
  queues.find(([, { Properties }]) => Properties.QueueName === `drawdown-test-${name}`);

/** EventBridge's own rules for the few forms that we use. */
const matches = (patterns: readonly unknown[] | undefined, text: string): boolean =>
  patterns === undefined ||
  patterns.some((one) =>
    typeof one === "string" ? one === text : text.startsWith((one as { prefix: string }).prefix),
  );

describe.each(consumers.map((one) => [one.name, one] as const))("%s", (name, consumer) => {
  test("has a queue named like it, with dead letters that ring", () => {
    const [id, queue] = queueNamed(name) ?? [];
    const [deadId] = queueNamed(`${name}-dead`) ?? [];
    expect(queue?.Properties.RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"][0]).toBe(deadId);
    const alarms = Object.values(events.findResources("AWS::CloudWatch::Alarm"));
    const names = alarms.flatMap(({ Properties }) => Properties.Dimensions ?? []);
    expect(names.map(({ Value }) => Value["Fn::GetAtt"]?.[0])).toContain(deadId);
    events.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: { "Fn::GetAtt": [id, "Arn"] },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  test("gets from the bus exactly what it gets locally", () => {
    const [id] = queueNamed(name) ?? [];
    events.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: Match.objectLike({ source: ["drawdown"] }),
      Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [id, "Arn"] } })],
    });
    const [rule] = Object.values(events.findResources("AWS::Events::Rule")).filter(
      ({ Properties }) =>
        Properties.EventBusName !== undefined &&
        JSON.stringify(Properties.Targets).includes(`["${id}","Arn"]`),
    );
    const types = rule?.Properties.EventPattern["detail-type"];
    for (const { name: type } of contracts) {
      expect([type, matches(types, type)]).toEqual([type, wants(consumer, type)]);
    }
  });
});

test("what the mail service says of our mails comes from the account's bus into a queue", () => {
  const [id] = queueNamed(markAddress.name) ?? [];
  const [deadId] = queueNamed(`${markAddress.name}-dead`) ?? [];
  events.hasResourceProperties("AWS::Events::Rule", {
    EventBusName: Match.absent(),
    EventPattern: {
      source: [mailServiceSource],
      detail: {
        eventType: ["Bounce", "Complaint"],
        mail: { tags: { "ses:configuration-set": ["drawdown-test-mail"] } },
      },
    },
    Targets: [
      Match.objectLike({
        Arn: { "Fn::GetAtt": [id, "Arn"] },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [deadId, "Arn"] } },
      }),
    ],
  });
});

test("a subscription to all that begins with a word becomes a prefix", () => {
  expect(patternOf(["invoice.*", "quote.sent"]).detailType).toHaveLength(2);
});

describe("queues", () => {
  test("encrypt, and take no request without TLS", () => {
    for (const [, { Properties }] of queues) expect(Properties.SqsManagedSseEnabled).toBe(true);
    events.resourceCountIs("AWS::SQS::QueuePolicy", queues.length);
  });

  test("have dead letters, or are some", () => {
    for (const [, { Properties }] of queues) {
      const isDead = /-dead(\.fifo)?$/.test(Properties.QueueName);
      expect([Properties.QueueName, isDead || Properties.RedrivePolicy !== undefined]).toEqual([
        Properties.QueueName,
        true,
      ]);
    }
  });

  test("wait six times as long as their function may take", () => {
    const timeout = 60;
    for (const [, { Properties }] of queues.filter(([, one]) => one.Properties.RedrivePolicy)) {
      expect(Properties.VisibilityTimeout).toBe(6 * timeout);
    }
  });
});

describe("the table's stream", () => {
  test("is read from its beginning; a record that can't be published is set aside, not lost", () => {
    events.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      DestinationConfig: { OnFailure: Match.anyValue() },
    });
  });

  test.each([
    ["A#a#C#c", "J#000000000001", true],
    ["A#a", "E#01", true],
    ["X#STRIPE-EVENT#evt_1", "X", true],
    ["X#STRIPE#acct_1", "X", false],
    ["A#a#INV#i", "INV", false],
    ["A#a#PAY#p", "APPL#x", false],
  ])("of %s, %s wakes the publisher: %s", (pk, sk, isPublished) => {
    const passes = outboxFilters.some(({ dynamodb: { Keys: keys } }) =>
      Object.entries(keys).every(([name, condition]) =>
        matches((condition as { S: unknown[] }).S, name === "pk" ? pk : sk),
      ),
    );
    expect([passes, isOutbox({ pk, sk })]).toEqual([isPublished, isPublished]);
  });
});

test("what is put into the bucket of files comes from the account's bus into a queue", () => {
  const [id] = queueNamed(receiveDocument.name) ?? [];
  const [deadId] = queueNamed(`${receiveDocument.name}-dead`) ?? [];
  events.hasResourceProperties("AWS::Events::Rule", {
    EventBusName: Match.absent(),
    EventPattern: {
      source: [storageSource],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: [{ "Fn::ImportValue": Match.stringLikeRegexp("Files") }] } },
    },
    Targets: [
      Match.objectLike({
        Arn: { "Fn::GetAtt": [id, "Arn"] },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [deadId, "Arn"] } },
      }),
    ],
  });
});

test("what Stripe's webhooks missed is looked for every hour, and a failed look is seen", () => {
  events.hasResourceProperties("AWS::Events::Rule", {
    ScheduleExpression: "rate(1 hour)",
    Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
  });
  events.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
    DestinationConfig: { OnFailure: Match.anyValue() },
  });
});

test("every alarm rings somewhere", () => {
  for (const { Properties } of resourcesOf(all, "AWS::CloudWatch::Alarm")) {
    expect(Properties.AlarmActions).toHaveLength(1);
  }
});
