using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>
/// One kind of background work: a class named <c>…Job</c>, found by itself, made anew for each run with the services of a scope in
/// the tenant and name of the person who asked. A run may be killed at any moment and is then begun again: what a body
/// has committed it must find and keep (<see cref="JobRun.SucceedAsync"/> commits the end together with the work).
/// </summary>
/// <typeparam name="TArguments">Kept as JSON with the job.</typeparam>
public abstract class JobKind<TArguments> : IJobKind
    where TArguments : class
{
    /// <summary>Whether the person may have this done, asked again when it begins: rights may have gone meanwhile.</summary>
    protected abstract bool Allows(CurrentUser user, TArguments arguments);

    /// <summary>Does the work.</summary>
    /// <param name="run">Where progress is reported, and for whom the work is done.</param>
    /// <param name="arguments">What was asked for.</param>
    /// <param name="cancel">The person cancelled, or the host stops: leave at the next safe point by throwing.</param>
    protected abstract Task<JobOutcome> RunAsync(JobRun run, TArguments arguments, CancellationToken cancel);

    /// <summary>
    /// Clears up after a run that will not be begun again. The job says that it has ended only afterwards, so who sees the end sees all of it;
    /// killed in between, both happen again.
    /// </summary>
    protected virtual Task EndedAsync(JobRun run, TArguments arguments, JobOutcome? outcome, CancellationToken cancel) => Task.CompletedTask;

    bool IJobKind.Allows(CurrentUser user, string arguments) => Allows(user, Read(arguments));

    Task<JobOutcome> IJobKind.RunAsync(JobRun run, string arguments, CancellationToken cancel) => RunAsync(run, Read(arguments), cancel);

    Task IJobKind.EndedAsync(JobRun run, string arguments, JobOutcome? outcome, CancellationToken cancel) => EndedAsync(run, Read(arguments), outcome, cancel);

    private static TArguments Read(string json) => JsonSerializer.Deserialize<TArguments>(json, PlatformJson.Options)!;
}

/// <summary>What the runner needs of a kind, whatever its arguments.</summary>
public interface IJobKind
{
    bool Allows(CurrentUser user, string arguments);

    Task<JobOutcome> RunAsync(JobRun run, string arguments, CancellationToken cancel);

    /// <param name="run">The run that ended.</param>
    /// <param name="arguments">JSON.</param>
    /// <param name="outcome">Null: cancelled.</param>
    /// <param name="cancel">Ends the clearing up.</param>
    Task EndedAsync(JobRun run, string arguments, JobOutcome? outcome, CancellationToken cancel);
}

/// <summary>How a run ended.</summary>
/// <param name="Refusal">Why it could not be done, in the words of any other refusal; null when it was.</param>
/// <param name="Result">What came of it, for the person who asked.</param>
public sealed record JobOutcome(Refusal? Refusal, object? Result)
{
    public static JobOutcome Success(object? result = null) => new(null, result);

    public static implicit operator JobOutcome(Refusal refusal) => new(refusal, null);
}

/// <summary>The kinds there are, by name: <c>BackupJob</c> is <c>backup</c>.</summary>
public sealed class JobKinds
{
    private const string Suffix = "Job";

    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    public static string NameOf(Type kind) => Words.Snake(kind.Name.EndsWith(Suffix, StringComparison.Ordinal) ? kind.Name[..^Suffix.Length] : kind.Name);

    /// <summary>Null for a kind that this build does not have any more.</summary>
    internal IJobKind? Create(string name, IServiceProvider services) => _types.TryGetValue(name, out var type) ? (IJobKind)services.GetRequiredService(type) : null;

    internal void Add(Type kind) => _types.Add(NameOf(kind), kind);
}

internal static class JobKindRegistration
{
    /// <summary>Finds the kinds an assembly declares.</summary>
    public static void AddJobKinds(this IServiceCollection services, JobKinds kinds, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IJobKind))))
        {
            kinds.Add(type);
            services.AddScoped(type);
        }
    }
}
