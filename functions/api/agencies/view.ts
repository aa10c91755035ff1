import type { Agency } from "../../../domain/agencies/agency.ts";
import type { ApiKey } from "../../../domain/agencies/api-key.ts";
import { settingsView } from "./settings.ts";

export function agencyView(agency: Agency) {
  const { id, name, slug, email, createdAt, updatedAt, version } = agency;
  const settings = settingsView(agency.settings);
  return { id, name, slug, email, settings, createdAt, updatedAt, version };
}

/** Never the hash. */
export function apiKeyView(key: ApiKey) {
  const { id, name, role, revokedAt, createdAt, updatedAt, version } = key;
  return { id, name, role, revokedAt, createdAt, updatedAt, version };
}
