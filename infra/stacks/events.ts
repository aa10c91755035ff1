import { Duration, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { Alarm, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { EventBus, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping, FilterCriteria, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import { consumers } from "../../functions/consumers/all.ts";
import { Clockwork } from "../constructs/clockwork.ts";
import { ConsumerQueue } from "../constructs/consumer-queue.ts";
import { DeadLetters } from "../constructs/dead-letters.ts";
import { DrawdownFunction } from "../constructs/drawdown-function.ts";
import { prefixOf } from "../settings.ts";
import type { DataStack } from "./data.ts";
import { outboxFilters } from "./outbox-filters.ts";

interface EventsStackProps extends StackProps {
  readonly data: DataStack;
  readonly bundle: (name: string) => string;
}

const publishMaxS = 30;
const consumeMaxS = 60;
const reconcileMaxS = 600;

/** A record that can't be published holds up its shard for as long as this many tries take. */
const publishTries = 100;
const lateAfterMinutes = 5;

/** From the table's stream over the bus to everything that reacts, and what the clock starts. */
export class EventsStack extends Stack {
  private readonly props: EventsStackProps;

  constructor(scope: Construct, id: string, props: EventsStackProps) {
    super(scope, id, props);
    this.props = props;
    const bus = new EventBus(this, "Bus", { eventBusName: prefixOf(props.data.settings) });
    this.publish(bus);
    this.consume(bus);
    this.reconcile();
    new Clockwork(this, "Clockwork", props);
  }

  private publish(bus: EventBus): void {
    const { data } = this.props;
    const handler = new DrawdownFunction(this, "publish", {
      ...this.props,
      name: "publish",
      timeoutS: publishMaxS,
      environment: { EVENT_BUS_NAME: bus.eventBusName },
    });
    const stream = data.table.tableStreamArn ?? "";
    const deadLetters = this.deadLetters("publish");
    for (const statement of [
      new PolicyStatement({ actions: ["events:PutEvents"], resources: [bus.eventBusArn] }),
      new PolicyStatement({ actions: streamActions, resources: [stream] }),
      new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [deadLetters.queueArn] }),
    ]) {
      handler.addToRolePolicy(statement);
    }
    new EventSourceMapping(this, "Stream", {
      target: handler,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: publishTries,
      onFailure: new SqsDlq(deadLetters),
      filters: outboxFilters.map((filter) => FilterCriteria.filter(filter)),
    });
    this.alarmWhenLate(handler);
  }

  private alarmWhenLate(handler: DrawdownFunction): void {
    const alarm = new Alarm(this, "StreamLate", {
      alarmDescription: 'Events are late: see "The stream is stuck" in docs/runbook.md',
      metric: handler.metric("IteratorAge", { statistic: "max", period: Duration.minutes(1) }),
      threshold: lateAfterMinutes * 60_000,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.props.data.alarms));
  }

  private consume(bus: EventBus): void {
    const { alarms, settings } = this.props.data;
    const handler = new DrawdownFunction(this, "consumers", {
      ...this.props,
      name: "consumers",
      timeoutS: consumeMaxS,
    });
    const queues = consumers.map(
      (consumer) =>
        new ConsumerQueue(this, consumer.name, {
          ...{ consumer, bus, handler, alarms },
          prefix: prefixOf(settings),
          handlerTimeout: Duration.seconds(consumeMaxS),
        }),
    );
    this.listenToAccount(queues);
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: queueActions,
        resources: queues.map(({ queue }) => queue.queueArn),
      }),
    );
  }

  /** What AWS's own services say of our mails and files. */
  private listenToAccount(queues: readonly ConsumerQueue[]): void {
    const { files, mailSet } = this.props.data;
    const named = (name: string) => queues.find(({ node }) => node.id === name);
    named("mail-returned-mark-address")?.takesFromAccount({
      source: ["aws.ses"],
      detail: {
        eventType: ["Bounce", "Complaint"],
        mail: { tags: { "ses:configuration-set": [mailSet] } },
      },
    });
    named("object-created-receive-document")?.takesFromAccount({
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [files.bucketName] } },
    });
  }

  /** What webhooks missed. A run that fails is made up for by the next: each looks three days back. */
  private reconcile(): void {
    const handler = new DrawdownFunction(this, "reconcile-stripe", {
      ...this.props,
      name: "reconcile-stripe",
      timeoutS: reconcileMaxS,
    });
    const deadLetters = this.deadLetters("reconcile-stripe");
    handler.configureAsyncInvoke({ retryAttempts: 0, onFailure: new SqsDestination(deadLetters) });
    new Rule(this, "Hourly", {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(handler, { retryAttempts: 0, deadLetterQueue: deadLetters })],
    });
  }

  private deadLetters(name: string): DeadLetters {
    const { alarms, settings } = this.props.data;
    const queue = `${prefixOf(settings)}-${name}-dead`;
    const made = new DeadLetters(this, `${name}-dead-letters`, { name: queue, alarms });
    Validations.of(made).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "It is a dead-letter queue, but of no other queue, so the rule can't see it.",
    });
    return made;
  }
}

const streamActions = [
  "dynamodb:DescribeStream",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
];

const queueActions = [
  "sqs:ReceiveMessage",
  "sqs:DeleteMessage",
  "sqs:ChangeMessageVisibility",
  "sqs:GetQueueAttributes",
];
