namespace Tessera.Kernel.Jobs;

/// <summary>How far a job has come, as the windows of the person who asked hear it.</summary>
public sealed record LiveJob(Guid Id, string Kind, JobStatus Status, string? Step, long Done, long? Total);
