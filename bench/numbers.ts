import { performance } from "node:perf_hooks";
import { aScene } from "./scene.ts";

/** A hundred issuers race for the numbers of one series. */
export async function measureNumbers(): Promise<{ errors: number; gaps: number; seconds: number }> {
  const { shell } = await aScene();
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const issue = () =>
    shell.call("POST", "/v1/invoices", {
      customer: { billTo: { company: "Acme" } },
      items,
      status: "Unpaid",
    });
  const startMs = performance.now();
  const answers = await Promise.all(Array.from({ length: 100 }, issue));
  const seconds = Math.round((performance.now() - startMs) / 100) / 10;
  const given = new Set(answers.map(({ body }) => Number(body.number?.slice(4))));
  const gaps = Array.from({ length: 100 }, (_, n) => n + 1).filter((n) => !given.has(n)).length;
  return { errors: answers.filter(({ status }) => status !== 201).length, gaps, seconds };
}
