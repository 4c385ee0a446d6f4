"""Evidence held where it is (先行登记保存): asked for, approved, disposed of within seven working days."""
