/**
 * The rules of ExternalSecrets, as pure functions on records: no clock, no cluster, no backend.
 *
 * <p>What flows through: {@link dev.signet.operator.externalsecret.rules.SpecProblems} says what is
 * wrong with a spec before anything is asked; {@link
 * dev.signet.operator.externalsecret.rules.SyncDecision} says whether a sync is due, from the
 * status, the target's marks and the windows; {@link
 * dev.signet.operator.externalsecret.rules.SecretBuilder} turns what was read into data; {@link
 * dev.signet.operator.externalsecret.rules.TargetMerge} turns data and the Secret that is there
 * into the Secret that shall be. What is written is told apart from what others wrote by {@link
 * dev.signet.operator.externalsecret.rules.FieldManagers} and {@link
 * dev.signet.operator.externalsecret.rules.OwnedKeys}, and found again by {@link
 * dev.signet.operator.externalsecret.rules.Marks} and {@link
 * dev.signet.operator.externalsecret.rules.GoHash}. All of these are read and written by External
 * Secrets too, before a takeover and after a hand-back, so they agree with it to the letter.
 *
 * <p>Where it was left to chance or turned out a defect there, these rules differ on purpose:
 *
 * <ul>
 *   <li>Keys that one regexp rewrite makes equal: the last in byte order wins, each time.
 *   <li>A refresh that a window holds back is due when the window opens, not asked for again and
 *       again.
 *   <li>{@code @every} in a window counts from the Unix epoch. Counted from "now", as there, such a
 *       window is either always open or never.
 *   <li>A refresh is due at the end of the interval, not one tick behind it: who wakes at that
 *       instant must find it due.
 *   <li>Under {@code creationPolicy: None} there is no target that could be out of step.
 *   <li>The hash on an immutable Secret is that of the data it holds, or it would count as changed
 *       for ever.
 *   <li>Labels and annotations that are no longer wanted go also where the field manager's name is
 *       hashed.
 *   <li>Keys that the API server would refuse, and more data than it takes, are refused before
 *       anything is sent, with the remedy.
 * </ul>
 *
 * <p>Own code stands where a library was near but not the same: cron schedules (the two day fields,
 * {@code ?}, steps), Base64 (padding, line breaks), and the replacement text of regular
 * expressions. Limits: no templates, no manifests as target, no generators; {@code SpecProblems}
 * names each. Most tests are golden folders: to add a case, add a folder under {@code
 * src/test/resources/golden}.
 */
@NullMarked
package dev.signet.operator.externalsecret.rules;

import org.jspecify.annotations.NullMarked;
