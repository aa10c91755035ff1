import { type App, Tags } from "aws-cdk-lib";
import { prefixOf, type Settings } from "./settings.ts";
import { ApiStack } from "./stacks/api.ts";
import { DataStack } from "./stacks/data.ts";
import { EventsStack } from "./stacks/events.ts";
import { WebStack } from "./stacks/web.ts";

export interface Stacks {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly events: EventsStack;
  readonly web: WebStack;
}

/** One stage, whole. `bundle` tells where the code of a function lies. */
export function drawdown(app: App, settings: Settings, bundle: (name: string) => string): Stacks {
  const named = (part: string) => `${prefixOf(settings)}-${part}`;
  const data = new DataStack(app, named("data"), { settings });
  const api = new ApiStack(app, named("api"), { data, bundle });
  const events = new EventsStack(app, named("events"), { data, bundle });
  const web = new WebStack(app, named("web"), { data, api: api.api, edgeMark: api.edgeMark });
  Tags.of(app).add("drawdown", settings.stage);
  return { data, api, events, web };
}
