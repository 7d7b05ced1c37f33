package io.github.millrace.choice.cost;

import io.github.millrace.signal.SampleType;

/**
 * What a line of a profile is about.
 *
 * @param device where
 * @param type of the samples in memory
 * @param arithmetic of the numbers inside
 * @param kind of stage
 * @param threads CPU threads that shared the work; 0 where their number does not matter
 */
public record StepKey(
    DeviceKey device, SampleType type, SampleType arithmetic, StageKind kind, int threads) {}
