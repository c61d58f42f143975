/* What help changes: from a service that was done to the answer as left. Twin of fieldapp/survey/service.py;
   tests/vectors/folds.json binds both. */

const VNEID_LEVELS = ["none", "installed", "level1", "level2"];
const NOT_OWNED = new Set(["none", "unknown", "refused"]);

/* scope: house or person; how: set, add (to a list of choices) or raise (never lowers); value: what, unless the visit names it. */
export const EFFECTS = {
  vneid_install: { scope: "person", field: "vneid", how: "raise", value: "installed" },
  vneid_activate: { scope: "person", field: "vneid", how: "raise", value: "level1" },
  epay_open: { scope: "person", field: "epay", how: "add", value: "bank" },
  health_record_setup: { scope: "person", field: "health_record", how: "set", value: "seen" },
  esign_register: { scope: "person", field: "esign", how: "set", value: "yes" },
  online_service_guide: { scope: "person", field: "online_service", how: "set", value: "helped" },
  filed_for: { scope: "person", field: "online_service", how: "set", value: "helped" },
  sim_4g: { scope: "person", field: "network_4g", how: "set", value: "yes" },
  skills_lesson: { scope: "person", field: "digital_skills", how: "set", value: "trained" },
  zalo_join: { scope: "house", field: "zalo_group", how: "set", value: "yes" },
};

/** The answer after the help. current: the answer before it, undefined when there is none; named: the value the visit itself gives. */
export function asLeft(effect, current, named) {
  const value = named || effect.value;
  if (effect.how === "add") {
    const owned = (current || []).filter((choice) => !NOT_OWNED.has(choice) && choice !== value);
    return [...owned, value].sort();
  }
  if (effect.how === "raise" && VNEID_LEVELS.indexOf(current) > VNEID_LEVELS.indexOf(value)) return current;
  return value;
}

/** The services that this one passes through, from the answer as found: whoever activates what was not there installs it too. */
export function below(service, current) {
  const { field, how, value } = EFFECTS[service] ?? {};
  if (how !== "raise") return [];
  const level = (one) => VNEID_LEVELS.indexOf(one);
  return Object.keys(EFFECTS).filter((name) => {
    const step = EFFECTS[name];
    return name !== service && step.field === field && level(step.value) > level(current) && level(step.value) < level(value);
  });
}

/** Whether this help would still change the answer: then there is a lack, and the form offers to record help. */
export function lacks(effect, current) {
  if (effect.how === "add") return !(current || []).some((choice) => !NOT_OWNED.has(choice));
  return JSON.stringify(asLeft(effect, current, null)) !== JSON.stringify(current);
}
