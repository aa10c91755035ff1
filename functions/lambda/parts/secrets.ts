import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientLimits } from "../../kit/lambda.ts";

/** So a rotated secret is in use soon, without a deployment. */
const keptMs = 5 * 60_000;

/** A secret by name: read when first asked for, then kept for some minutes. */
export function secretReader(name: string): () => Promise<string> {
  let client: SecretsManagerClient | undefined;
  let kept: { readonly value: Promise<string>; readonly untilMs: number } | undefined;
  return async () => {
    if (kept && performance.now() < kept.untilMs) return kept.value;
    client ??= new SecretsManagerClient(clientLimits);
    const value = read(client, name);
    kept = { value, untilMs: performance.now() + keptMs };
    value.catch(() => {
      kept = undefined;
    });
    return value;
  };
}

async function read(client: SecretsManagerClient, name: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  if (!SecretString) throw new Error(`the secret ${name} has no text`);
  return SecretString.trim();
}
