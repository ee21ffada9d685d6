namespace Tessera.Timetabling.Model;

/// <summary>A person who teaches; never in two lessons at once.</summary>
public sealed class Teacher
{
    internal Teacher(int index, string name) => (Index, Name) = (index, name);

    /// <summary>Position in <see cref="School.Teachers"/>.</summary>
    public int Index { get; }
    public string Name { get; }
    public override string ToString() => Name;
}
