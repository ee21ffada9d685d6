namespace Tessera.Kernel.Access;

/// <summary>A screen, and with it the API resources behind it: what permissions are given for.</summary>
/// <param name="Key">Stored and published word, for example <c>user_management</c>.</param>
/// <param name="Name">What people read.</param>
public sealed record Page(string Key, string Name);

/// <summary>How far a person may go on a page.</summary>
public enum Level
{
    None,
    Read,
    Write,
}

/// <summary>A role template.</summary>
/// <param name="Key">Immutable word, for example <c>manager</c>.</param>
/// <param name="Name">What people read.</param>
/// <param name="Defaults">Level for each page key; a page that is not named is <see cref="Level.None"/>.</param>
/// <param name="GrantLevel">Level a plain grant gives: a viewer who is granted a page may read it.</param>
/// <param name="OwnRowsOnly">Whoever has the role sees their own rows only, of every record that says whose it is (<see cref="Database.IOwnedRows{TSelf}"/>), whatever pages they are granted.</param>
public sealed record Role(string Key, string Name, IReadOnlyDictionary<string, Level> Defaults, Level GrantLevel = Level.Write, bool OwnRowsOnly = false)
{
    /// <summary>Every tenant has this role; it has every page.</summary>
    public const string Admin = "admin";
}

/// <summary>Pages that belong to no module.</summary>
public static class KernelPages
{
    public static readonly Page Dashboard = new("dashboard", "Dashboard");

    public static readonly Page Settings = new("settings", "Settings");

    public static readonly Page UserManagement = new("user_management", "User management");

    public static readonly Page Backup = new("backup", "Backup");

    public static readonly IReadOnlyList<Page> All = [Dashboard, Settings, UserManagement];

    /// <summary>Pages a module lists where its roles shall have them; in other tenants the administrator has them all the same, and nobody else.</summary>
    public static readonly IReadOnlyList<Page> OfAdministrators = [Backup];
}
