using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Tenancy;

/// <summary>What people of a demo tenant did, as their past is told.</summary>
public static class DemoSteps
{
    /// <summary>
    /// The steps in their order, in runs that are saved together: what one person did on one day (UTC) without anybody else in
    /// between. Not more: a call at four may be about somebody a colleague entered at three.
    /// </summary>
    public static IEnumerable<(DateTimeOffset At, User By, IReadOnlyList<Action> Changes)> InRuns(IEnumerable<(DateTimeOffset At, User By, Action Change)> steps)
    {
        var run = new List<Action>();
        DateTimeOffset began = default;
        User? actor = null;
        foreach (var (at, by, change) in steps.OrderBy(s => s.At))
        {
            if (actor is not null && (actor.Id != by.Id || began.UtcDateTime.Date != at.UtcDateTime.Date))
            {
                yield return (began, actor, run);
                (run, actor) = ([], null);
            }

            if (actor is null)
            {
                (began, actor) = (at, by);
            }

            run.Add(change);
        }

        if (actor is not null)
        {
            yield return (began, actor, run);
        }
    }
}
