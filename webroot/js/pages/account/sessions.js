import "../../components/zoco-sessions.js";
import { t } from "../../i18n/i18n.js";
import * as accounts from "../../lib/account-api.js";
import { announce } from "../../lib/announce.js";

/// Where the account is open, and closing it there.
export function part(section, { fail }) {
  const list = section.querySelector("zoco-sessions");
  const load = async () => { list.sessions = (await accounts.sessions()).sesiones; };
  const end = async (act, said) => {
    fail(null);
    try {
      await act();
      await load();
      announce(t(said));
      section.querySelector("h2").focus();
    } catch (error) {
      fail(error);
    }
  };
  list.addEventListener("zoco-end", ({ detail: { id } }) => end(() => accounts.endSession(id), "sessions.ended"));
  list.addEventListener("zoco-end-others", () => end(accounts.endOtherSessions, "sessions.ended.all"));
  return { load };
}
