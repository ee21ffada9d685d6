namespace Tessera.Timetabling.Model;

/// <summary>A year, group or subgroup. Sets that share a leaf share students, so their lessons must not overlap.</summary>
public sealed class StudentSet
{
    private readonly List<StudentSet> children = [];

    internal StudentSet(int index, string name, int size) => (Index, Name, Size) = (index, name, size);

    /// <summary>Position in <see cref="School.StudentSets"/>.</summary>
    public int Index { get; }
    public string Name { get; }
    /// <summary>Number of students, 0 when unknown.</summary>
    public int Size { get; }
    public IReadOnlyList<StudentSet> Parts => children;
    public bool IsLeaf => children.Count == 0;

    /// <summary>Makes <paramref name="part"/> a subdivision of this set; a set may be part of several.</summary>
    public void Divide(StudentSet part)
    {
        if (part.Leaves().Contains(this) || ReferenceEquals(part, this)) throw new ArgumentException($"'{part.Name}' cannot be part of itself.", nameof(part));
        if (!children.Contains(part)) children.Add(part);
    }

    /// <summary>The smallest subdivisions; the set itself when it has none.</summary>
    public HashSet<StudentSet> Leaves()
    {
        var leaves = new HashSet<StudentSet>();
        Collect(leaves);
        return leaves;
    }

    private void Collect(HashSet<StudentSet> leaves)
    {
        if (IsLeaf) leaves.Add(this);
        foreach (var child in children) child.Collect(leaves);
    }

    public override string ToString() => Name;
}
