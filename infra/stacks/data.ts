import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { FilesBucket } from "../constructs/files-bucket.ts";
import { MainTable } from "../constructs/main-table.ts";
import { TenantRole } from "../constructs/tenant-role.ts";
import { prefixOf, type Settings } from "../settings.ts";

/** What all else stands on: the table and the files, the ways to them, the sender of mails, the alarm bell. */
export class DataStack extends Stack {
  readonly settings: Settings;
  readonly table: MainTable;
  readonly files: FilesBucket;
  readonly tenantRole: TenantRole;
  readonly alarms: Topic;
  /** Name of the configuration set that every mail is sent with. */
  readonly mailSet: string;
  private readonly mailArns: readonly string[];

  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: Settings }) {
    super(scope, id, props);
    const { settings } = props;
    this.settings = settings;
    this.table = new MainTable(this, "Table");
    this.files = new FilesBucket(this, "Files", { origin: `https://${settings.domain}` });
    const { tableArn } = this.table;
    this.tenantRole = new TenantRole(this, "TenantRole", { settings, tableArn });
    this.alarms = new Topic(this, "Alarms", { enforceSSL: true });
    if (settings.alarmMail) this.alarms.addSubscription(new EmailSubscription(settings.alarmMail));
    this.mailSet = `${prefixOf(settings)}-mail`;
    this.mailArns = this.mail(settings.domain);
    new CfnOutput(this, "TableName", { value: this.table.tableName });
    new CfnOutput(this, "FilesBucket", { value: this.files.bucketName });
  }

  private mail(domain: string): string[] {
    const configurationSet = new ConfigurationSet(this, "MailSet", {
      configurationSetName: this.mailSet,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // AWS's list is one for the account: what an agency's mail met would silence another's.
      disableSuppressionList: true,
    });
    // SES knows one bus only, the account's own.
    const bus = EventBus.fromEventBusName(this, "AccountBus", "default");
    configurationSet.addEventDestination("Returned", {
      destination: EventDestination.eventBus(bus),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    const identity = new EmailIdentity(this, "MailIdentity", {
      identity: Identity.domain(domain),
      configurationSet,
    });
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, { value: `${name} CNAME ${value}` });
    });
    const set = `configuration-set/${this.mailSet}`;
    return [identity.emailIdentityArn, this.formatArn({ service: "ses", resource: set })];
  }

  maySendMail(): PolicyStatement {
    return new PolicyStatement({
      actions: ["ses:SendEmail", "ses:SendRawEmail"],
      resources: [...this.mailArns],
    });
  }
}
