import { Duration } from "aws-cdk-lib";
import { type EventBus, type EventPattern, Match, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { EventSourceMapping, type IFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Consumer } from "../../functions/kit/consumer.ts";
import { DeadLetters } from "./dead-letters.ts";

interface ConsumerQueueProps {
  readonly consumer: Pick<Consumer, "name" | "on">;
  readonly prefix: string;
  readonly bus: EventBus;
  readonly handler: IFunction;
  readonly handlerTimeout: Duration;
  readonly alarms: ITopic;
}

/** With six minutes between two tries an outage of an hour loses nothing to the dead letters. */
const triesMax = 10;
const batchSize = 5;
/** One flooded queue must not take the concurrency of all. */
const concurrencyMax = 10;

/** A consumer's way from the bus: a rule for what it reacts to, a queue named like it, dead letters. */
export class ConsumerQueue extends Construct {
  readonly queue: Queue;
  private readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: ConsumerQueueProps) {
    super(scope, id);
    const { consumer, prefix, bus, handler, alarms } = props;
    const name = `${prefix}-${consumer.name}`;
    const deadLetters = new DeadLetters(this, "DeadLetters", { name: `${name}-dead`, alarms });
    this.deadLetters = deadLetters;
    this.queue = new Queue(this, "Queue", {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // What AWS asks for: six times as long as the function may take.
      visibilityTimeout: Duration.seconds(6 * props.handlerTimeout.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: triesMax },
    });
    new Rule(this, "Rule", {
      eventBus: bus,
      eventPattern: patternOf(consumer.on),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: deadLetters })],
    });
    new EventSourceMapping(this, "Mapping", {
      target: handler,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency: concurrencyMax,
      reportBatchItemFailures: true,
    });
  }

  /** AWS's own services tell what happens on the account's bus, not on ours. */
  takesFromAccount(eventPattern: EventPattern): void {
    new Rule(this, "AccountRule", {
      eventPattern,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    });
  }
}

/** As functions/kit/dispatch.ts reads it: a star at the end takes all that begin so. */
export function patternOf(on: readonly string[]): EventPattern {
  const source = ["drawdown"];
  if (on.includes("*")) return { source };
  const exact = on.filter((type) => !type.endsWith("*"));
  const begun = on.filter((type) => type.endsWith("*")).map((type) => type.slice(0, -1));
  const detailType = [...exact, ...begun.flatMap((prefix) => Match.prefix(prefix))];
  return { source, detailType };
}
