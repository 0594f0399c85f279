// A page that is not open any more: what was decided on it and could not be stored is not lost.
import { t } from "./app.js";
import { unsent } from "./unsent.js";

const { length } = unsent();
const place = document.getElementById("kept");
place.hidden = !length;
place.textContent = t("unsent_kept", { n: length });
