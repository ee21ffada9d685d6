namespace Tessera.Kernel.Backup;

/// <summary>This table's rows are in no backup. Every other table of a tenant is, without a word.</summary>
/// <param name="why">Why they must not or need not outlive the database.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotInBackupAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}

/// <summary>This table is in every backup, to be looked at, but a restore leaves it as it is.</summary>
/// <param name="why">Why.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotRestoredAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
