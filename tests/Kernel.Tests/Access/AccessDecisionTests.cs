using FsCheck;
using FsCheck.Fluent;
using Tessera.Kernel.Access;

namespace Tessera.Kernel.Tests.Access;

/// <summary>The one decision function, as a table and as laws.</summary>
public sealed class AccessDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Page Calls = new("calls", "Calls");

    private static readonly Role Agent = new("agent", "Agent", new Dictionary<string, Level>(StringComparer.Ordinal) { ["calls"] = Level.Write });

    private static readonly Role Viewer = new("viewer", "Viewer", new Dictionary<string, Level>(StringComparer.Ordinal) { ["calls"] = Level.Read }, GrantLevel: Level.Read);

    private static readonly Role Guest = new("guest", "Guest", new Dictionary<string, Level>(StringComparer.Ordinal));

    public static TheoryData<string, string, string, int, Level, string> Table => new()
    {
        // role, own entry, its level, minutes until it expires (0: never), expected level, decided by
        { "guest", "", "", 0, Level.None, "default" },
        { "agent", "", "", 0, Level.Write, "role" },
        { "viewer", "", "", 0, Level.Read, "role" },
        { "agent", "deny", "", 0, Level.None, "deny" },
        { "guest", "deny", "", 0, Level.None, "deny" },
        { "guest", "grant", "", 0, Level.Write, "grant" },
        { "viewer", "grant", "", 0, Level.Read, "grant" },
        { "viewer", "grant", "write", 0, Level.Write, "grant" },
        { "agent", "grant", "read", 0, Level.Read, "grant" },
        { "agent", "deny", "", 1, Level.None, "deny" },
        { "agent", "deny", "", -1, Level.Write, "role" },
        { "guest", "grant", "", 1, Level.Write, "grant" },
        { "guest", "grant", "", -1, Level.None, "default" },
        { "unknown", "", "", 0, Level.None, "default" },
        { "unknown", "grant", "", 0, Level.Read, "grant" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_nearest_rule_decides(string role, string own, string level, int expiresIn, Level expected, string decidedBy)
    {
        var state = own.Length == 0 ? null : new PageOverrideState(
            own == "deny" ? OverrideAccess.Deny : OverrideAccess.Grant, level.Length == 0 ? null : Enum.Parse<Level>(level, ignoreCase: true), expiresIn == 0 ? null : Now.AddMinutes(expiresIn));
        var question = Question(role switch { "agent" => Agent, "viewer" => Viewer, "guest" => Guest, _ => null }, state);

        var answer = AccessDecision.Explain(question);

        Assert.Equal((expected, decidedBy), (answer.Level, answer.DecidedBy));
        Assert.Equal(expected, AccessDecision.LevelOf(question));
    }

    [Fact]
    public void An_exception_that_expires_now_has_expired() =>
        Assert.Equal(Level.Write, AccessDecision.LevelOf(Question(Agent, new PageOverrideState(OverrideAccess.Deny, null, Now))));

    [Fact]
    public void A_suspended_workspace_and_a_deactivated_person_open_nothing_whatever_else_holds()
    {
        var granted = Question(Agent, new PageOverrideState(OverrideAccess.Grant, Level.Write, null));

        Assert.Equal("tenant", AccessDecision.Explain(granted with { TenantActive = false, UserActive = false }).DecidedBy);
        Assert.Equal("user", AccessDecision.Explain(granted with { UserActive = false }).DecidedBy);
        Assert.Equal(Level.None, AccessDecision.LevelOf(granted with { TenantActive = false }));
        Assert.Equal(Level.None, AccessDecision.LevelOf(granted with { UserActive = false }));
    }

    [Fact]
    public void Laws_of_every_decision()
    {
        var questions =
            from tenantActive in ArbMap.Default.GeneratorFor<bool>()
            from userActive in ArbMap.Default.GeneratorFor<bool>()
            from role in Gen.Elements(Agent, Viewer, Guest, null)
            from access in Gen.Elements(OverrideAccess.Grant, OverrideAccess.Deny)
            from level in Gen.Elements<Level?>(null, Level.Read, Level.Write)
            from expires in Gen.Elements<int?>(null, -60, 0, 60)
            from has in ArbMap.Default.GeneratorFor<bool>()
            select new AccessQuestion(tenantActive, userActive, role, role?.Key ?? "gone", Calls, has ? new PageOverrideState(access, level, expires is null ? null : Now.AddMinutes(expires.Value)) : null, Now);

        Prop.ForAll(questions.ToArbitrary(), question =>
        {
            var answer = AccessDecision.Explain(question);
            var decided = answer.Steps.Select((step, index) => (step, index)).Where(s => s.step.Outcome == StepOutcome.Decided).ToList();
            var hasDeny = question.Override is { Access: OverrideAccess.Deny } own && !(own.ExpiresAt <= Now);
            return answer.Level == AccessDecision.LevelOf(question)
                && decided.Count == 1 && decided[0].step.Rule == answer.DecidedBy
                && answer.Steps.Take(decided[0].index).All(s => s.Outcome == StepOutcome.Passed)
                && answer.Steps.Skip(decided[0].index + 1).All(s => s.Outcome == StepOutcome.Skipped)
                && (!hasDeny || answer.Level == Level.None)
                && ((question.TenantActive && question.UserActive) || answer.Level == Level.None);
        }).QuickCheckThrowOnFailure();
    }

    private static AccessQuestion Question(Role? role, PageOverrideState? own) => new(true, true, role, role?.Key ?? "gone", Calls, own, Now);
}
