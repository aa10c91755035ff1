import { Duration } from "aws-cdk-lib";
import { Alarm, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { prefixOf } from "../settings.ts";
import type { DataStack } from "../stacks/data.ts";
import { DeadLetters } from "./dead-letters.ts";
import { DrawdownFunction } from "./drawdown-function.ts";

interface ClockworkProps {
  readonly data: DataStack;
  readonly bundle: (name: string) => string;
}

const findMaxS = 60;
const performMaxS = 60;
const batchSize = 10;
const triesMax = 5;
const agenciesAtOnce = 50;
const lateAfterS = 600;

/** Of this stage alone: a second one in the account must not speak for a clock that stands still. */
const namespaceOf = ({ settings }: DataStack): string => `Drawdown/${settings.stage}`;

/** The minute rule, what it finds, a queue with a line per agency, and who performs it. */
export class Clockwork extends Construct {
  constructor(scope: Construct, id: string, props: ClockworkProps) {
    super(scope, id);
    const queue = this.queue(props);
    this.find(queue, props);
    this.perform(queue, props);
  }

  private queue({ data }: ClockworkProps): Queue {
    const name = `${prefixOf(data.settings)}-due`;
    const { alarms } = data;
    const deadLetters = new DeadLetters(this, "DeadLetters", {
      ...{ name: `${name}-dead`, alarms },
      isFifo: true,
    });
    return new Queue(this, "Queue", {
      queueName: `${name}.fifo`,
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(6 * performMaxS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: triesMax },
    });
  }

  private find(queue: Queue, props: ClockworkProps): void {
    const { data } = props;
    const handler = new DrawdownFunction(this, "find-due", {
      ...props,
      name: "find-due",
      timeoutS: findMaxS,
      environment: { DUE_QUEUE_URL: queue.queueUrl },
    });
    handler.addToRolePolicy(
      new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }),
    );
    // A tick that fails is made up for by the next: it finds the same items and more.
    handler.configureAsyncInvoke({ retryAttempts: 0 });
    new Rule(this, "EveryMinute", {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(handler, { retryAttempts: 0 })],
    });
    const found = {
      logGroup: handler.logGroup,
      metricNamespace: namespaceOf(data),
      filterPattern: FilterPattern.stringValue("$.message", "=", "due work found"),
    };
    new MetricFilter(this, "DueFound", {
      ...found,
      metricName: "DueFound",
      metricValue: "$.found",
    });
    const late = new MetricFilter(this, "DueLagSeconds", {
      ...found,
      metricName: "DueLagSeconds",
      metricValue: "$.lagS",
    });
    const alarm = new Alarm(this, "Late", {
      alarmDescription: 'Due work is late: see "The clock is late" in docs/runbook.md',
      metric: late.metric({ statistic: "max", period: Duration.minutes(5) }),
      threshold: lateAfterS,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(data.alarms));
  }

  private perform(queue: Queue, props: ClockworkProps): void {
    const handler = new DrawdownFunction(this, "perform-due", {
      ...props,
      name: "perform-due",
      timeoutS: performMaxS,
    });
    new EventSourceMapping(this, "Mapping", {
      target: handler,
      eventSourceArn: queue.queueArn,
      batchSize,
      maxConcurrency: agenciesAtOnce,
      reportBatchItemFailures: true,
    });
    handler.addToRolePolicy(
      new PolicyStatement({ actions: receiveActions, resources: [queue.queueArn] }),
    );
    const failed = new MetricFilter(this, "DueFailed", {
      logGroup: handler.logGroup,
      metricNamespace: namespaceOf(props.data),
      metricName: "DueFailed",
      metricValue: "1",
      filterPattern: FilterPattern.stringValue("$.message", "=", "due work failed"),
    });
    const alarm = new Alarm(this, "Failing", {
      alarmDescription: 'Due work fails: see "The clock is late" in docs/runbook.md',
      metric: failed.metric({ statistic: "sum", period: Duration.minutes(15) }),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(props.data.alarms));
  }
}

const receiveActions = [
  "sqs:ReceiveMessage",
  "sqs:DeleteMessage",
  "sqs:ChangeMessageVisibility",
  "sqs:GetQueueAttributes",
];
