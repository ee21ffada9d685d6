using Tessera.Kernel.Access;

namespace Tessera.Production;

internal static class ProductionPages
{
    public static readonly Page Projects = new("projects", "Projects");

    public static readonly Page Students = new("students", "Students");

    public static readonly Page Schedule = new("schedule", "Schedule");

    public static readonly IReadOnlyList<Page> All = [Projects, Students, Schedule, KernelPages.Backup];

    /// <summary>Producers run everything but backups and people; students read the projects they work on. The administrator has every page by the kernel.</summary>
    public static readonly IReadOnlyList<Role> Roles =
    [
        new Role("producer", "Producer", Levels(Level.Write, KernelPages.Dashboard, Projects, Students, Schedule, KernelPages.Settings)),
        new Role("student", "Student", Levels(Level.Read, KernelPages.Dashboard, Projects, Schedule), GrantLevel: Level.Read, OwnRowsOnly: true),
    ];

    private static Dictionary<string, Level> Levels(Level level, params Page[] pages) => pages.ToDictionary(p => p.Key, _ => level, StringComparer.Ordinal);
}
