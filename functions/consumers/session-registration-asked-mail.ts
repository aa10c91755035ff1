import { sessionRegistrationAsked } from "../../events/session-registration-asked.ts";
import { consumer } from "../kit/consumer.ts";
import { mailLogin } from "../portal/mail-login.ts";

const name = "session-registration-asked-mail";

/** A known address gets a log-in instead: nobody is a customer twice by mistake. */
export const mailRegistrationLink = consumer({
  name,
  on: [sessionRegistrationAsked.name],
  run: async (deps, { agency, id, data }) => {
    if (!agency) return;
    const { email, ...person } = sessionRegistrationAsked.data.parse(data);
    const tenant = await deps.tenant(agency);
    await mailLogin(deps, { tenant, email, cause: `${name} ${id}`, person });
  },
});
