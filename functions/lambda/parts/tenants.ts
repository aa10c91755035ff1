import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import * as z from "zod";
import type { Id } from "../../../domain/shared/ids.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";
import { clientLimits, documentClient, type Part, readEnvironment } from "../../kit/lambda.ts";

const environmentSchema = z.object({ TENANT_ROLE_ARN: z.string().startsWith("arn:") });

/** A role that assumes another role gets an hour at most. */
const sessionS = 3_600;
/** Sessions cost memory; the one that was made first makes room. */
const tenantsMax = 500;

/**
 * One client per agency, with credentials that IAM limits to the agency's keys. The client asks for new
 * ones some minutes before the old expire. All share one pool of connections.
 */
export const tenants: Part = ({ config, platform }) => {
  const { TENANT_ROLE_ARN: role } = readEnvironment(environmentSchema);
  const sts = new STSClient(clientLimits);
  const { requestHandler } = platform.db.config;
  const known = new Map<string, Tenant>();
  const open = (agency: Id<"agency">): Tenant => {
    const credentials = () => credentialsFor(sts, role, agency);
    const db = documentClient({ ...clientLimits, requestHandler, credentials });
    return { agency, table: config.table, db };
  };
  return {
    tenant: async (agency) => {
      const tenant = known.get(agency) ?? open(agency);
      if (!known.has(agency)) known.set(agency, tenant);
      const [oldest] = known.keys();
      if (known.size > tenantsMax && oldest !== undefined) known.delete(oldest);
      return tenant;
    },
  };
};

async function credentialsFor(sts: STSClient, role: string, agency: Id<"agency">) {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: role,
      RoleSessionName: agency,
      DurationSeconds: sessionS,
      Tags: [{ Key: "agency", Value: agency }],
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration) {
    throw new Error("STS answered without credentials");
  }
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  };
}
