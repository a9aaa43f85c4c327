// The page script of the copy that is opened from a folder, with no server: from a USB stick, for instance.

import { tellAge } from "./age.mjs";
import "./carried.mjs";
import "../app.mjs";

tellAge();
