import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

interface DeadLettersProps {
  readonly name: string;
  readonly alarms: ITopic;
  readonly isFifo?: boolean;
}

/** Where messages end that were tried often enough. One is enough for an alarm. */
export class DeadLetters extends Queue {
  constructor(scope: Construct, id: string, { name, alarms, isFifo = false }: DeadLettersProps) {
    super(scope, id, {
      queueName: isFifo ? `${name}.fifo` : name,
      ...(isFifo ? { fifo: true } : {}),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const alarm = new Alarm(this, "Alarm", {
      alarmDescription: `Something lies in ${name}: see "Dead letters" in docs/runbook.md`,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(alarms));
  }
}
