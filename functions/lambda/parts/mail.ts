import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import * as z from "zod";
import { clientLimits, type Part, readEnvironment } from "../../kit/lambda.ts";

const environmentSchema = z.object({ MAIL_CONFIGURATION_SET: z.string().min(1) });

export const mail: Part = () => {
  const { MAIL_CONFIGURATION_SET: set } = readEnvironment(environmentSchema);
  const ses = new SESv2Client(clientLimits);
  return {
    sendMail: async ({ from, to, cc, bcc, raw, tags }) => {
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [...to], CcAddresses: [...cc], BccAddresses: [...bcc] },
          Content: { Raw: { Data: raw } },
          ConfigurationSetName: set,
          EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      );
    },
  };
};
