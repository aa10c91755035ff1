/** How the demos speak with a running system. */
export interface Ready {
  readonly api: string;
  readonly apiKey: string;
  readonly now: string;
}

export const base = `http://${process.env.HOST ?? "127.0.0.1"}:${process.env.PORT ?? "3000"}`;

export async function readyOf(): Promise<Ready> {
  const answer = await fetch(`${base}/__local/ready`).catch(() => undefined);
  if (answer?.ok) return (await answer.json()) as Ready;
  console.error(`Nothing answers at ${base}: run npm start in another terminal first.`);
  process.exit(1);
}

// biome-ignore lint/suspicious/noExplicitAny: the demo reads answers field by field, as curl and jq would
export type Json = any;

export function clientOf({ apiKey }: Ready) {
  return async (method: string, path: string, body?: object): Promise<Json> => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { "api-key": apiKey, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

export type Client = ReturnType<typeof clientOf>;

export const dollars = (amount: number): string =>
  amount.toLocaleString("en-US", { style: "currency", currency: "USD" });

export const column = (amount: number): string => dollars(amount).padStart(11);
