import { sessionLinkAsked } from "../../events/session-link-asked.ts";
import { consumer } from "../kit/consumer.ts";
import { mailLogin } from "../portal/mail-login.ts";

const name = "session-link-asked-mail";

/** Looks only here whether anybody has the address, so that the request takes the same either way. */
export const mailLoginLink = consumer({
  name,
  on: [sessionLinkAsked.name],
  run: async (deps, { agency, id, data }) => {
    if (!agency) return;
    const { email } = sessionLinkAsked.data.parse(data);
    const tenant = await deps.tenant(agency);
    await mailLogin(deps, { tenant, email, cause: `${name} ${id}`, person: null });
  },
});
