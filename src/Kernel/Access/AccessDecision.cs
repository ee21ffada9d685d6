namespace Tessera.Kernel.Access;

/// <summary>What a decision about one person and one page looks at; nothing else counts.</summary>
/// <param name="Override">The person's own entry for the page, null when they inherit.</param>
public sealed record AccessQuestion(bool TenantActive, bool UserActive, Role? Role, string RoleKey, Page Page, PageOverrideState? Override, DateTimeOffset Now);

/// <summary>A person's entry for a page.</summary>
public sealed record PageOverrideState(OverrideAccess Access, Level? Level, DateTimeOffset? ExpiresAt);

public enum OverrideAccess
{
    Grant,
    Deny,
}

public enum StepOutcome
{
    /// <summary>Looked at, does not decide.</summary>
    Passed,

    /// <summary>This rule gave the answer.</summary>
    Decided,

    /// <summary>Not looked at: an earlier rule had decided.</summary>
    Skipped,
}

/// <summary>One rule on the way to the answer, in words a person can read.</summary>
public sealed record AccessStep(string Rule, StepOutcome Outcome, string Text);

/// <summary>The answer, and the chain of rules that led to it.</summary>
public sealed record AccessAnswer(Level Level, string DecidedBy, IReadOnlyList<AccessStep> Steps);

/// <summary>
/// The one place that decides who may open what: API, menu, route guard and the explanation all ask here. Order: tenant
/// active → user active → own deny → own grant → role → nothing.
/// </summary>
public static class AccessDecision
{
    /// <summary>The level alone, without words: what each request asks.</summary>
    public static Level LevelOf(AccessQuestion question) => Decide(question).Level;

    /// <summary>The level and why.</summary>
    public static AccessAnswer Explain(AccessQuestion question)
    {
        var (level, decidedBy) = Decide(question);
        var steps = new List<AccessStep>();
        foreach (var (rule, text) in Rules(question))
        {
            var decided = steps.Exists(step => step.Outcome == StepOutcome.Decided);
            steps.Add(new AccessStep(rule, decided ? StepOutcome.Skipped : rule == decidedBy ? StepOutcome.Decided : StepOutcome.Passed, text));
        }

        return new AccessAnswer(level, decidedBy, steps);
    }

    private static (Level Level, string DecidedBy) Decide(AccessQuestion q)
    {
        if (!q.TenantActive)
        {
            return (Level.None, "tenant");
        }

        if (!q.UserActive)
        {
            return (Level.None, "user");
        }

        return Live(q) switch
        {
            { Access: OverrideAccess.Deny } => (Level.None, "deny"),
            { Access: OverrideAccess.Grant } own => (own.Level ?? q.Role?.GrantLevel ?? Level.Read, "grant"),
            _ when q.Role?.Defaults.GetValueOrDefault(q.Page.Key) is { } level and not Level.None => (level, "role"),
            _ => (Level.None, "default"),
        };
    }

    private static PageOverrideState? Live(AccessQuestion q) => q.Override is { } own && !(own.ExpiresAt <= q.Now) ? own : null;

    private static IEnumerable<(string Rule, string Text)> Rules(AccessQuestion q)
    {
        var own = Live(q);
        var expired = q.Override is not null && own is null ? " An exception they had has expired." : "";
        var roleName = q.Role?.Name ?? q.RoleKey;
        var roleLevel = q.Role?.Defaults.GetValueOrDefault(q.Page.Key) ?? Level.None;
        yield return ("tenant", q.TenantActive ? "The workspace is active." : "The workspace is suspended: nobody can open anything.");
        yield return ("user", q.UserActive ? "The person is active." : "The person is deactivated: they cannot open anything.");
        yield return ("deny", own is { Access: OverrideAccess.Deny } ? $"{q.Page.Name} was taken away from this person." : $"{q.Page.Name} was not taken away from this person.{expired}");
        yield return ("grant", own is { Access: OverrideAccess.Grant } ? $"{q.Page.Name} was granted to this person." : "Nothing was granted to this person beyond their role.");
        yield return ("role", roleLevel == Level.None ? $"The role {roleName} does not include {q.Page.Name}." : $"The role {roleName} includes {q.Page.Name} ({(roleLevel == Level.Write ? "can edit" : "can view")}).");
        yield return ("default", "What nothing allows is not allowed.");
    }
}
