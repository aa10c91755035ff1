const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 640px; margin: 12vh auto; padding: 0 24px; }
h1 { font-size: 30px; margin: 0 0 8px; letter-spacing: -0.02em; }
p { margin: 0 0 24px; opacity: .75; }
a { color: inherit; display: flex; justify-content: space-between; gap: 24px; padding: 12px 0;
  border-top: 1px solid color-mix(in oklch, currentColor 15%, transparent); text-decoration: none; }
a:hover span:first-child { text-decoration: underline; }
span + span { opacity: .6; }
`;

const links = [
  ["/docs", "API documentation", "every call, with its fields"],
  ["/v1/openapi.json", "OpenAPI document", "for generating clients"],
  ["/__local/ready", "Demo agency and keys", "what to send as api-key"],
  ["/__local/mail", "Mail", "everything that was sent"],
] as const;

/** What a person sees who opens the address that `npm start` prints. */
export const landingPage = (): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Drawdown</title><style>${style}</style>
<h1>Drawdown</h1>
<p>Retainer billing, running on this machine with demo data.</p>
${links.map(([href, name, what]) => `<a href="${href}"><span>${name}</span><span>${what}</span></a>`).join("\n")}
</html>`;

/** The OpenAPI document made readable. */
export const docsPage = (): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Drawdown API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<style>.topbar { display: none } body { margin: 0 }</style>
<div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#docs", docExpansion: "none",
  defaultModelsExpandDepth: -1, tryItOutEnabled: false, persistAuthorization: true });
</script>
</html>`;
