import type { World } from "./world.ts";

/** One thing that an actor may do. It chooses by `world.dice`, asks, and lets the model decide, too. */
export interface Operation {
  readonly name: string;
  /** How often it is chosen, relative to the others. */
  readonly weight: number;
  /** What the clock does follows from it: some histories are mostly about that. */
  readonly isTimed?: boolean;
  /** May find nothing to do. */
  readonly run: (world: World) => Promise<void>;
}
