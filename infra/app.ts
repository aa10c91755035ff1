import { App } from "aws-cdk-lib";
import { bundleAll } from "../scripts/bundle.ts";
import { drawdown } from "./drawdown.ts";
import { settingsFrom } from "./settings.ts";

/** npm run synth -- --context stage=production --context domain=app.example.com */
const app = new App();
const bundles = new Map((await bundleAll()).map(({ name, directory }) => [name, directory]));
drawdown(app, settingsFrom(app.node), (name) => {
  const directory = bundles.get(name);
  if (!directory) throw new Error(`functions/lambda has no ${name}.ts`);
  return directory;
});
