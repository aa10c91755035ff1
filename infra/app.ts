import { App } from "aws-cdk-lib";
import { AppStack } from "./stacks/app.ts";
import { DataStack } from "./stacks/data.ts";

/** `npm run synth -- --context stage=production --context domain=app.example.com` */
const app = new App();
const stage = String(app.node.tryGetContext("stage") ?? "staging");
const domain = String(app.node.tryGetContext("domain") ?? "drawdown.example");

const data = new DataStack(app, `drawdown-${stage}-data`, { stage });
new AppStack(app, `drawdown-${stage}-app`, { data, stage, domain });
