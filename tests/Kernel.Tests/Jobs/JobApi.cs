using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Jobs;

/// <summary>A host that knows one more kind of job, which does as the test says.</summary>
public class JobApi : Api
{
    internal Rehearsals Rehearsals { get; } = new();

    /// <summary>Has somebody ask for a rehearsal.</summary>
    internal async Task<Guid> AskAsync(TestTenant tenant, Person person, Func<Rehearsal, CancellationToken, Task<JobOutcome>> play, bool inline = false)
    {
        var name = Guid.CreateVersion7().ToString("N");
        Rehearsals.Plays[name] = play;
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>().Enter(new TenantScope(tenant.Id, person.UserId, person.FullName));
        var queue = scope.ServiceProvider.GetRequiredService<JobQueue>();
        var job = inline
            ? await queue.RunAsync<RehearsalJob>(db, "A rehearsal", new RehearsalJob.Arguments(name), CancellationToken.None)
            : await queue.EnqueueAsync<RehearsalJob>(db, "A rehearsal", new RehearsalJob.Arguments(name), CancellationToken.None);
        return job.Id;
    }

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton(Rehearsals);
        services.AddScoped<RehearsalJob>();
        ((JobKinds)services.Last(s => s.ServiceType == typeof(JobKinds)).ImplementationInstance!).Add(typeof(RehearsalJob));
    }
}

internal sealed class Rehearsals
{
    /// <summary>Codes by which runs ended that were cleared up after.</summary>
    public ConcurrentDictionary<Guid, string?> Ended { get; } = new();

    public ConcurrentDictionary<string, Func<Rehearsal, CancellationToken, Task<JobOutcome>>> Plays { get; } = new(StringComparer.Ordinal);
}

internal sealed record Rehearsal(JobRun Run, PlatformDb Db);

internal sealed class RehearsalJob(Rehearsals rehearsals, PlatformDb db) : JobKind<RehearsalJob.Arguments>
{
    public sealed record Arguments(string Play);

    protected override bool Allows(CurrentUser user, Arguments arguments) => user.Can(KernelPages.Settings, Level.Write);

    protected override Task<JobOutcome> RunAsync(JobRun run, Arguments arguments, CancellationToken cancel) => rehearsals.Plays[arguments.Play](new Rehearsal(run, db), cancel);

    protected override Task EndedAsync(JobRun run, Arguments arguments, JobOutcome? outcome, CancellationToken cancel)
    {
        rehearsals.Ended[run.Id] = outcome?.Refusal?.Code;
        return Task.CompletedTask;
    }
}
