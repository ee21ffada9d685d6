using Tessera.Kernel.Access;

namespace Tessera.Recruiting;

internal static class RecruitingPages
{
    public static readonly Page Candidates = new("candidates", "Candidates");

    public static readonly Page Interviews = new("interviews", "Interviews");

    public static readonly Page Calls = new("calls", "Calls");

    public static readonly IReadOnlyList<Page> All = [Candidates, Interviews, Calls];

    /// <summary>The documents' matrix. The administrator has every page by the kernel.</summary>
    public static readonly IReadOnlyList<Role> Roles =
    [
        new Role("manager", "Manager", Levels(Level.Write, KernelPages.Dashboard, Interviews, Candidates, Calls, KernelPages.Settings)),
        new Role("agent", "Agent", Levels(Level.Write, KernelPages.Dashboard, Interviews, Calls, KernelPages.Settings)),
        new Role("viewer", "Viewer", Levels(Level.Read, KernelPages.Dashboard, KernelPages.Settings), GrantLevel: Level.Read),
    ];

    /// <summary>May do what needs more than a page: book twice, reopen, erase a person.</summary>
    public static bool IsManager(CurrentUser user) => user.Role is Role.Admin or "manager";

    private static Dictionary<string, Level> Levels(Level level, params Page[] pages) => pages.ToDictionary(p => p.Key, _ => level, StringComparer.Ordinal);
}
